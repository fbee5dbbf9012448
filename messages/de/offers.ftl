money-symbol = { $currency ->
    [AUD] AU$
    [BRL] R$
    [CAD] CA$
    [EUR] €
    [GBP] £
    [INR] ₹
    [JPY] ¥
    [KRW] ₩
    [USD] $
   *[other] { $currency }
}
money-decimal = { $digits ->
   *[other] ,
}
money-group = { $digits ->
   *[other] .
}
money-amount = { $number }{ "\u00A0" }{ money-symbol }

offer-length = { $unit ->
    [day] { $count ->
        [one] { $count } Tag
       *[other] { $count } Tage
    }
    [week] { $count ->
        [one] { $count } Woche
       *[other] { $count } Wochen
    }
    [year] { $count ->
        [one] { $count } Jahr
       *[other] { $count } Jahre
    }
   *[month] { $count ->
        [one] { $count } Monat
       *[other] { $count } Monate
    }
}

offer-rate = { $count ->
    [1] { $unit ->
        [day] { $price } pro Tag
        [week] { $price } pro Woche
        [year] { $price } pro Jahr
       *[month] { $price } pro Monat
    }
   *[other] { $price } alle { offer-length }
}
offer-free = { offer-length } kostenlos
offer-once = { offer-length } für { $price }
offer-several = { offer-length } für je { $rate }
offer-then = Danach { $what }.
offer-cancel = Jederzeit kündbar.
offer-over = Endet von selbst, und es wird nichts abgebucht.
offer-joint = { " " }
offer-percent = { $number }{ "\u00A0" }%

offer-ends = Nur bis zum { $ends }
offer-ends-soon = { $hours ->
    [1] Nur bis zum { $ends }: noch weniger als eine Stunde
   *[other] Nur bis zum { $ends }: noch { $hours } Stunden
}
