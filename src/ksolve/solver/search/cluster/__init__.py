"""Parts searched by the workers of a Dask cluster (`pip install 'ksolve[dask]'`).

`reached` finds or starts a cluster; `work` runs on its workers, `places` in the program that asks.
"""
