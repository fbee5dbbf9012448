date-month = { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
}
date-weekday = { $weekday ->
    [1] Montag
    [2] Dienstag
    [3] Mittwoch
    [4] Donnerstag
    [5] Freitag
    [6] Samstag
   *[7] Sonntag
}
date-day = { $day }.
date-day-month = { date-day } { date-month }
date-full = { date-day } { date-month } { $year }
date-with-weekday = { date-weekday }, { date-day } { date-month } { $year }
date-month-year = { date-month } { $year }
date-year = { $year }
