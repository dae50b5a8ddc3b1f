"""What git and ssh start to ask for a user name or a password: hands the question to the worker and prints the answer.

Started as ``askpass.py SOCKET QUESTION``. It ends with 1 when the user refuses, so that git gives up instead of asking on.
"""

import json
import socket
import sys


def main(address, question):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(address)
        connection.sendall(json.dumps(question).encode('ascii') + b'\n')
        answer = json.loads(connection.makefile('rb').readline())
    if answer is None:
        return 1
    print(answer)
    return 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:3]))
