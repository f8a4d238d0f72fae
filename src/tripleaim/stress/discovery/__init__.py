"""When does it fail? Simple conditions on the inputs under which most failures lie, with how many they hold."""

from tripleaim.stress.discovery.bins import Binned, binned
from tripleaim.stress.discovery.boxes import Box, BoxLimit, boxes, reproducibility
from tripleaim.stress.discovery.telling import InputLabel, box_in_words
from tripleaim.stress.discovery.tree import tree

__all__ = [
    "Binned",
    "Box",
    "BoxLimit",
    "InputLabel",
    "binned",
    "box_in_words",
    "boxes",
    "reproducibility",
    "tree",
]
