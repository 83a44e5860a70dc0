"""Where did the year end, and what must we save to break even?"""
