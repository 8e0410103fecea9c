"""The pages of a folder that `ksolve init` writes; {plan}, {title}, {table} are filled in."""

from __future__ import annotations

from ksolve.text import Text

_STEPS_JA = """\
2. 計画として成り立つかを確かめます。直す所があれば、場所と書き方が出ます。

   ```sh
   ksolve check {plan}
   ```

3. 予定を作ります。`out/report.html` をブラウザで、`out/schedule.xlsx` を Excel で開けます。

   ```sh
   ksolve solve {plan} -o out/
   ```

4. できない時は、その理由と、どう変えればできるかを調べます。

   ```sh
   ksolve explain {plan}
   ```

5. 「8月に部屋が使えなかったら」のような場合を比べます。場合は scenarios/ に書きます。

   ```sh
   ksolve whatif {plan} scenarios/*.yaml
   ```

6. 予定を直したら、計画の決まりを守っているかを確かめます。

   ```sh
   ksolve check {plan} out/schedule.xlsx
   ```

GitHub に置けば、`.github/workflows/plan.yml` が変更のたびに計画を確かめます。
`ksolve doctor` は、このパソコンに足りないものを教えます。
"""
_STEPS_EN = """\
2. See whether the plan can be held. What has to be changed is named with its place.

   ```sh
   ksolve check {plan}
   ```

3. Make the schedule: `out/report.html` for a browser, `out/schedule.xlsx` for Excel.

   ```sh
   ksolve solve {plan} -o out/
   ```

4. Where there is none, ask why, and for the ways out.

   ```sh
   ksolve explain {plan}
   ```

5. Ask what if: scenarios/ has one to begin with.

   ```sh
   ksolve whatif {plan} scenarios/*.yaml
   ```

6. After changes by hand, hold the schedule against the plan.

   ```sh
   ksolve check {plan} out/schedule.xlsx
   ```

On GitHub, `.github/workflows/plan.yml` checks the plan at every push.
`ksolve doctor` says what this machine lacks.
"""
README = {
    "form": Text(
        "# {title}\n\n"
        "| ファイル | 何か |\n|---|---|\n"
        "| `{plan}` | 計画の記入表(Excel)。事業・部屋・職員・休館日・希望を書きます |\n"
        "| `{table}` | 公表された年間事業計画の表 |\n"
        "| `scenarios/` | 「もし〜なら」の例 |\n\n"
        "## 進め方\n\n"
        "1. `{plan}` を Excel で開き、色の付いた行(仮に置いたもの)を実際のものに直して保存します。\n"
        + _STEPS_JA,
        "# {title}\n\n"
        "| file | what it is |\n|---|---|\n"
        "| `{plan}` | the plan as a workbook: programmes, rooms, staff, closed days, wishes |\n"
        "| `{table}` | the published annual plan |\n"
        "| `scenarios/` | a what-if to begin with |\n\n"
        "## What to do\n\n"
        "1. Open `{plan}` in Excel, correct the coloured rows (assumptions), and save it.\n" + _STEPS_EN,
    ),
    "yaml": Text(
        "# {title}\n\n"
        "| ファイル | 何か |\n|---|---|\n"
        "| `{plan}` | 計画。事業と回数・期間 |\n"
        "| `resources.yaml` | 部屋・職員・開館時間・回の種類。はじめはすべて仮のものです |\n"
        "| `{table}` | 公表された年間事業計画の表 |\n"
        "| `scenarios/` | 「もし〜なら」の例 |\n"
        "| `schema/` | YAML を書くときに、エディタが項目を補い、誤りを示すための定義 |\n\n"
        "## 進め方\n\n"
        "1. `resources.yaml` を実際の部屋・職員・開館時間に直します。\n" + _STEPS_JA,
        "# {title}\n\n"
        "| file | what it is |\n|---|---|\n"
        "| `{plan}` | the plan: programmes, how often, in which months |\n"
        "| `resources.yaml` | rooms, staff, hours, kinds of sessions; assumptions at first |\n"
        "| `{table}` | the published annual plan |\n"
        "| `scenarios/` | a what-if to begin with |\n"
        "| `schema/` | with it editors complete and check the YAML |\n\n"
        "## What to do\n\n"
        "1. Correct `resources.yaml`: rooms, staff, opening hours.\n" + _STEPS_EN,
    ),
}

SCENARIO = Text(
    "schema: 1\n"
    "id: room-closed\n"
    "title: 8月に部屋が足りない\n"
    "why: 空調の工事で8月に使える部屋が減ったときの影響を見る\n"
    "changes:\n"
    "  - {do: close_room, room: room, days: 8/1〜8/31, count: 4, why: 空調工事}\n",
    "schema: 1\n"
    "id: room-closed\n"
    "title: Fewer rooms in August\n"
    "why: to see what a month with fewer rooms would change\n"
    "changes:\n"
    "  - {do: close_room, room: room, days: 8/1〜8/31, count: 4, why: air conditioning}\n",
)

_JOB = """\
name: plan
on: [push, pull_request]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.11"
      # a repository variable: the wheel, path or address that you install from
      - run: python -m pip install "${{ vars.KSOLVE }}"
      - run: ksolve check {plan} --limit 300
      - run: if [ -f schedule.csv ]; then ksolve check {plan} schedule.csv --format github; fi
"""
CI_JOB = Text(
    "# 変更のたびに、計画が成り立つか、置いてあれば予定(schedule.csv)が規則を守っているかを"
    f"確かめます。\n{_JOB}",
    f"# Checks the plan at every push, and the schedule (schedule.csv) where one is kept.\n{_JOB}",
)
