"""What stops without what: needs, removals, single points of failure."""
