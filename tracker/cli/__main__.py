"""``python -m tracker.cli`` is the command too."""

from tracker.cli import main

if __name__ == "__main__":
    main()
