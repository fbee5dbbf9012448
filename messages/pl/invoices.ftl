invoice-list = Faktury
invoice-none = Nie ma jeszcze faktur.
invoice-kind = { $kind ->
    [credit] Faktura korygująca
   *[invoice] Faktura
}
invoice-title = { invoice-kind } { $number }
invoice-corrects = Koryguje fakturę { $number }.
invoice-seller = Sprzedawca
invoice-buyer = Nabywca
invoice-vat-id = NIP UE { $id }
invoice-number = Numer
invoice-date = Data
invoice-lines = Co sprzedano
invoice-what = Opis
invoice-quantity = Ilość
invoice-count = { $count }
invoice-rate = Podatek
invoice-net = Netto
invoice-sum-net = Razem bez podatku
invoice-tax = VAT { $rate } ({ $country }) od { $net }
invoice-total = Razem
invoice-plan-name = { $publication }, { $plan }
invoice-plan = Prenumerata: { $name }
invoice-difference = Różnica: { $name }
invoice-unused = Niewykorzystane: { $name }
invoice-gift = Prezent: { $name }
invoice-refund = Zwrot
invoice-days = { $from } – { $to }
invoice-from = Od { $from }
invoice-rate-reversed = Odwrotne obciążenie
invoice-paid = Zapłacono.
invoice-given-back = Kwota została zwrócona tą samą drogą, którą ją zapłacono.
invoice-reverse-charge = Odwrotne obciążenie: podatek VAT rozlicza nabywca.
invoice-no-tax = Podatek VAT nie jest naliczany.
