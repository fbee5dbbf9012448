money-symbol = { $currency ->
    [EUR] €
    [PLN] zł
   *[other] { $currency }
}
money-decimal = { $digits ->
   *[other] ,
}
money-group = { $digits ->
   *[other] { "\u00A0" }
}
money-amount = { $number }{ "\u00A0" }{ money-symbol }

offer-length = { $unit ->
    [day] { $count ->
        [one] { $count } dzień
        [few] { $count } dni
        [many] { $count } dni
       *[other] { $count } dnia
    }
    [week] { $count ->
        [one] { $count } tydzień
        [few] { $count } tygodnie
        [many] { $count } tygodni
       *[other] { $count } tygodnia
    }
    [year] { $count ->
        [one] { $count } rok
        [few] { $count } lata
        [many] { $count } lat
       *[other] { $count } roku
    }
   *[month] { $count ->
        [one] { $count } miesiąc
        [few] { $count } miesiące
        [many] { $count } miesięcy
       *[other] { $count } miesiąca
    }
}

offer-rate = { $count ->
    [1] { $unit ->
        [day] { $price } dziennie
        [week] { $price } tygodniowo
        [year] { $price } rocznie
       *[month] { $price } miesięcznie
    }
   *[other] { $price } co { offer-length }
}
offer-free = { offer-length } za darmo
offer-once = { offer-length } za { $price }
offer-several = { $rate } przez { offer-length }
offer-then = Potem { $what }.
offer-cancel = Rezygnacja możliwa w każdej chwili.
offer-over = Kończy się samo i nic nie pobieramy.
offer-joint = { " " }
offer-percent = { $number }%

offer-ends = Tylko do { $ends }
offer-ends-soon = { $hours ->
    [1] Tylko do { $ends }: została mniej niż godzina
    [few] Tylko do { $ends }: zostały { $hours } godziny
   *[other] Tylko do { $ends }: zostało { $hours } godzin
}
