"""
JupyterLab as Galata drives it: its helpers work on the contents without a token, so there is none.
Never use this for anything but tests. Tests of what keeps attackers out start a JupyterLab without it.
"""

import os
import tempfile

from jupyterlab.galata import configure_jupyter_server

# It makes folders and a file that nobody removes: in the home of the test they go with it.
tempfile.tempdir = os.environ["DATALAD_TEST_HOME"]
configure_jupyter_server(c)  # noqa: F821
tempfile.tempdir = None
c.ServerApp.root_dir = os.environ["DATALAD_TEST_ROOT"]  # noqa: F821
c.LabApp.workspaces_dir = os.environ["DATALAD_TEST_HOME"] + "/workspaces"  # noqa: F821
# Notebook does not read what is set for JupyterLab.
c.JupyterNotebookApp.expose_app_in_browser = True  # noqa: F821
c.JupyterNotebookApp.workspaces_dir = c.LabApp.workspaces_dir  # noqa: F821
