"""Notes which files a notebook opens and how far it is, while it is run to be recorded.

The variable ``PYTHONSTARTUP`` of that one run names this file: IPython's kernel executes it, and no other program that takes part does. It
runs in whatever environment the kernel lives in, so it needs nothing but an old Python, and it leaves nothing behind that a notebook could
see: no name, no variable, no output. What the user has in ``PYTHONSTARTUP`` runs afterwards, as ever.

Lines of JSON are appended to the file that ``DATALAD_OBSERVER_FILE`` names: ``["kernel"]``, ``["cell", n]`` and ``["cell-end", n, ok]``,
``["open", how, path]`` with ``r`` (read), ``w`` (replaced) or ``u`` (read and changed), ``["program", name]``, ``["host", name]``.
"""


def _datalad_observe():
    import atexit
    import json
    import os
    import sys

    target = os.environ.pop("DATALAD_OBSERVER_FILE", None)
    root = os.environ.pop("DATALAD_OBSERVER_ROOT", "") + os.sep
    own = os.environ.pop("DATALAD_OBSERVER_STARTUP", "")
    if own:
        os.environ["PYTHONSTARTUP"] = own
    else:
        os.environ.pop("PYTHONSTARTUP", None)
    shell = get_ipython() if "get_ipython" in globals() else None  # noqa: F821
    if target is not None and hasattr(shell, "kernel") and hasattr(sys, "addaudithook"):
        descriptor = os.open(target, os.O_WRONLY | os.O_APPEND | getattr(os, "O_CLOEXEC", 0))
        lines = []
        seen = set()
        # Python itself and what belongs to the machine: no data of a notebook.
        ours = {sys.prefix, sys.base_prefix, sys.exec_prefix, os.path.dirname(os.__file__), os.path.expanduser("~/.ipython")}
        ours.update(path for path in sys.path if path.endswith(("site-packages", "dist-packages")))
        machine = tuple(folder.rstrip(os.sep) + os.sep for folder in ours if folder.strip(os.sep))
        machine += ("/dev/", "/proc/", "/sys/", "/etc/", "/usr/", "/lib", "<")
        accesses = os.O_WRONLY | os.O_RDWR
        replaces = os.O_TRUNC | os.O_EXCL
        # A notebook may replace any of these.
        getcwd, fsdecode, join, write, dumps = os.getcwd, os.fsdecode, os.path.join, os.write, json.dumps
        programs = {"subprocess.Popen": 0, "os.system": 0, "os.posix_spawn": 0, "os.exec": 0, "os.spawn": 1}

        def flush():
            if lines:
                text = "".join(lines)
                del lines[:]
                try:
                    write(descriptor, text.encode("ascii"))
                except OSError:
                    # The notebook closed what it did not open, or the disk is full: it must not suffer from being observed.
                    pass

        def tell(*what):
            lines.append(dumps(what) + "\n")
            if len(lines) >= 200:
                flush()

        def note(*what):
            if what not in seen:
                seen.add(what)
                tell(*what)

        def opened(path, flags):
            if isinstance(path, int):
                return
            path = fsdecode(path)
            if not path.startswith(os.sep):
                path = join(getcwd(), path)
            if path.startswith(root) or not path.startswith(machine):
                how = "r" if not flags & accesses else "w" if flags & replaces else "u"
                note("open", how, path)

        def hook(event, details):
            try:
                if event == "open":
                    opened(details[0], details[2])
                elif event in programs:
                    program = details[programs[event]]
                    name = fsdecode(program) if isinstance(program, (str, bytes)) else str(program)
                    note("program", name.split("\n")[0][:200])
                elif event == "sqlite3.connect":
                    opened(details[0], os.O_RDWR)
                elif event == "socket.getaddrinfo":
                    note("host", fsdecode(details[0]))
            except Exception:
                # What is raised here would be raised in the notebook.
                pass

        count = [0]

        def begin(*_):
            count[0] += 1
            tell("cell", count[0])
            flush()

        def end(result=None):
            tell("cell-end", count[0], getattr(result, "success", True))
            flush()

        shell.events.register("pre_run_cell", begin)
        shell.events.register("post_run_cell", end)
        atexit.register(flush)
        tell("kernel")
        flush()
        sys.addaudithook(hook)
    if own:
        shell.safe_execfile(own, shell.user_ns)


_datalad_observe()
del _datalad_observe
