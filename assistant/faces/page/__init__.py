"""The chat page's parts, one module a view: `ask`, `dates`, `schedule`, and `library` for documents.

They lay out values that others computed. What a click asks for is computed and stored first (in a
callback) and shown after, since Streamlit ends a running script at any click.
"""
