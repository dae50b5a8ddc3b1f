"""The parts of the worker. A package, so that none of their names hides a module that DataLad imports."""
