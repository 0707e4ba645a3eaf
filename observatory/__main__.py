"""So that ``python -m observatory`` is the command line."""

import sys

from observatory import main

sys.exit(main())
