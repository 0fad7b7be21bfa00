"""Evidently's default data drift preset on two Parquet files; prints the number of drifted columns."""
import sys

import pandas as pd
from evidently import Dataset, Report
from evidently.presets import DataDriftPreset

reference, current = (Dataset.from_pandas(pd.read_parquet(path)) for path in sys.argv[1:3])
result = Report([DataDriftPreset()]).run(current, reference).dict()
print(result["metrics"][0]["value"])
