"""What happens, with and without the schemes?"""

from tripleaim.projection.project import project, run_cases
from tripleaim.projection.result import Projection, as_plain

__all__ = ["Projection", "as_plain", "project", "run_cases"]
