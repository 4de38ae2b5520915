"""
The dead and the wounded of a sentence: how many, by what, and of which event.

`casualties` gives them to events. What a clause has `told` is read by `fates` (a verb of killing
or wounding), `outcomes` ("left 12 dead") and `hurts` (no verb of either). `causes` finds the event
that they belong to, by the `circumstances` and `surroundings` told with them. `figures` are those
that the order of words alone tells, and `leftovers` gives them to the events beside them. `updates`
knows a toll that came later, `totals` one of more than an event; `shares` parts one among places.

How many people a phrase counts is read below this, by `extraction.counts`.
"""
