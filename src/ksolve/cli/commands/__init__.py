"""One file a command; `ksolve.cli.table` lists them and says how one is added."""
