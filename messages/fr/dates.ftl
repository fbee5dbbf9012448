date-month = { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
}
date-weekday = { $weekday ->
    [1] lundi
    [2] mardi
    [3] mercredi
    [4] jeudi
    [5] vendredi
    [6] samedi
   *[7] dimanche
}
# Only the first of a month is an ordinal.
date-day = { $day ->
    [1] 1er
   *[other] { $day }
}
date-day-month = { date-day } { date-month }
date-full = { date-day } { date-month } { $year }
date-with-weekday = { date-weekday } { date-day } { date-month } { $year }
date-month-year = { date-month } { $year }
date-year = { $year }
