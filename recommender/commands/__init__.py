"""One file per command: `add` names its arguments, the rest runs it. Heavy imports happen only when a command runs."""
