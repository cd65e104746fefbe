"""The questions: fields, units, templates, and how answers become requirements and links."""
