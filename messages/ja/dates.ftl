date-month = { $month }月
date-weekday = { $weekday ->
    [1] 月曜日
    [2] 火曜日
    [3] 水曜日
    [4] 木曜日
    [5] 金曜日
    [6] 土曜日
   *[7] 日曜日
}
date-day = { $day }日
date-day-month = { date-month }{ date-day }
date-full = { $year }年{ date-month }{ date-day }
date-with-weekday = { $year }年{ date-month }{ date-day } { date-weekday }
date-month-year = { $year }年{ date-month }
date-year = { $year }年
