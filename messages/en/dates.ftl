### Dates in words. $day, $month and $year are numbers; $weekday is 1 on Monday and 7 on Sunday.

date-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
date-weekday = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
date-day = { $day }
date-day-month = { date-day } { date-month }
date-full = { date-day } { date-month } { $year }
date-with-weekday = { date-weekday } { date-day } { date-month } { $year }
date-month-year = { date-month } { $year }
date-year = { $year }
