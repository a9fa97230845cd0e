"""The line mode: everything the screens do by lines, for screen readers and pipes."""
