"""Books made by the thousand, bytes changed one by one, workbooks spoilt by their structure: nothing is lost."""
