"""Slack: the same Reply as every face, in the words and blocks of Slack. No law, no decisions here.

`door` lets a request in or not, `app` says which listener hears what, `asking` answers in the background,
`views` are the modals and the home tab, `server` runs it over HTTP or socket mode.
"""
