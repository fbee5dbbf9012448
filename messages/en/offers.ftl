### What can be bought: amounts, lengths of time, and the offer of the day.

## Amounts. $currency is a code of ISO 4217 such as USD. $digits is latn or arab: how the locale writes numbers.

money-symbol = { $currency ->
    [AUD] A$
    [BRL] R$
    [CAD] CA$
    [EUR] €
    [GBP] £
    [INR] ₹
    [JPY] ¥
    [KRW] ₩
    [USD] $
   *[other] { $currency }{ "\u00A0" }
}
# Between the whole units and the rest, and between thousands.
money-decimal = { $digits ->
   *[other] .
}
money-group = { $digits ->
   *[other] ,
}
# $number is the amount in digits.
money-amount = { money-symbol }{ $number }

## Lengths of time. $unit is day, week, month or year, and $count how many of them.

offer-length = { $unit ->
    [day] { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
    [week] { $count ->
        [one] { $count } week
       *[other] { $count } weeks
    }
    [year] { $count ->
        [one] { $count } year
       *[other] { $count } years
    }
   *[month] { $count ->
        [one] { $count } month
       *[other] { $count } months
    }
}

## What is asked for. $price is an amount.

# What is paid again and again, each time for so long.
offer-rate = { $count ->
    [1] { $unit ->
        [day] { $price } a day
        [week] { $price } a week
        [year] { $price } a year
       *[month] { $price } a month
    }
   *[other] { $price } every { offer-length }
}
offer-free = { offer-length } free
# What is paid once for so long.
offer-once = { offer-length } for { $price }
# What is paid several times, for so long altogether. $rate is what is paid each time.
offer-several = { $rate } for { offer-length }
# What comes afterwards. $what is one of the three above or a rate.
offer-then = Then { $what }.
offer-cancel = Cancel at any time.
# Of what is free at first and then over.
offer-over = It ends by itself, and nothing is charged.
# Between two sentences.
offer-joint = { " " }
# A rate of tax, in per cent.
offer-percent = { $number }%

## Until when. $ends is the last day, in words; $hours how many hours are left, the one that has begun included.

offer-ends = Ends { $ends }
offer-ends-soon = { $hours ->
    [1] Ends { $ends }: less than an hour left
   *[other] Ends { $ends }: { $hours } hours left
}
