"""What pyproject.toml cannot say: the Koganei plan and its scenarios travel within a built package.

They stand once, in models/ and scenarios/; a wheel gets a copy of them while it is built.
"""

from pathlib import Path
from shutil import copytree

from setuptools import setup
from setuptools.command.build_py import build_py

SHIPPED = ("models", "scenarios")


class WithModels(build_py):
    """Build the modules, and lay what is shipped beside them."""

    def run(self) -> None:
        """Copy what is shipped, unless the package stays in its clone."""
        super().run()
        if not self.editable_mode:
            for name in SHIPPED:
                copytree(name, Path(self.build_lib, "ksolve", "shipped", name), dirs_exist_ok=True)


setup(cmdclass={"build_py": WithModels})
