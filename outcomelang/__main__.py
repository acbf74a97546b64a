"""`python -m outcomelang`."""

from outcomelang.cli import main

raise SystemExit(main())
