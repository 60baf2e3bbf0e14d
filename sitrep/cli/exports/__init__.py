"""The forms in which the store is given away: as on the topic, as a table of claims, as FollowTheMoney entities."""
