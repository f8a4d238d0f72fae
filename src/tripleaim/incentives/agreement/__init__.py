"""An agreement: how the gain is shared, who pays whom and by what lawful way, who carries a shock, what is settled."""
