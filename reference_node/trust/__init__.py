"""What both halves of a node go by: trust records from a mirror or by hand, opening keys, and how fresh they are.

Knows neither relay nor desk. Nothing here is believed because of who brought it.
"""
