"""A real kernel for tests: lines of JSON say on stdin what to do, and on stdout what the kernel says."""

import json
import sys
import threading

from jupyter_client.manager import start_new_kernel


def listen(client):
    while True:
        try:
            message = client.get_iopub_msg(timeout=None)
        except Exception:
            return
        told = {"type": message["msg_type"], "content": message["content"]}
        if told["type"] == "status" and message["parent_header"].get("msg_type") != "execute_request":
            continue
        print(json.dumps(told), flush=True)


def main():
    manager, client = start_new_kernel(kernel_name=sys.argv[1], cwd=sys.argv[2])
    threading.Thread(target=listen, args=(client,), daemon=True).start()
    print(json.dumps({"type": "ready", "content": {}}), flush=True)
    try:
        for line in sys.stdin:
            told = json.loads(line)
            if "code" in told:
                client.execute(told["code"])
            else:
                manager.interrupt_kernel()
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


main()
