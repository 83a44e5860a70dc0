"""What is said of a template that cannot be used, by whoever fills one in."""


class TemplateError(ValueError):
    """A template that cannot be filled in; the message says why."""
