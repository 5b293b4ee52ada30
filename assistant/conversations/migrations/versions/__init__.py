"""One module a form. A form that has been released is never edited."""
