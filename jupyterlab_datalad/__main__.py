"""`python -m jupyterlab_datalad serve` runs the Node server alone, for development and measurement."""

from __future__ import annotations

import argparse
import os
import sys

from .node import ToolMissingError, server_command, server_environment


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m jupyterlab_datalad")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="run the Node server alone on a Unix socket")
    serve.add_argument("--root", required=True, help="the folder whose datasets are served")
    serve.add_argument("--socket", required=True, help="path of the Unix socket to listen on")
    options = parser.parse_args()
    try:
        command = server_command(os.path.abspath(options.root), os.path.abspath(options.socket))
    except ToolMissingError as error:
        sys.exit(str(error))
    # In place of this process: whoever started it then watches, signals and outlives Node itself.
    os.execve(command[0], command, server_environment())


if __name__ == "__main__":
    main()
