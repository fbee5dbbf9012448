letter-hello = Guten Tag,
letter-hello-name = Guten Tag, { $name },
letter-or-copy = Oder kopieren Sie diese Adresse in Ihren Browser:
letter-questions = Fragen? Antworten Sie einfach auf diese Nachricht.
letter-why-typed = Sie erhalten diese Nachricht, weil jemand diese Adresse bei { $publication } eingegeben hat.
letter-why-reader = Sie erhalten diese Nachricht, weil Sie ein Konto bei { $publication } haben.
letter-why-told = Sie erhalten diese Nachricht, weil jemand { $publication } diese Adresse für Sie genannt hat.
letter-colon = :{ " " }
letter-value = { $value }
letter-joint = { " " }
letter-less = −{ $amount }
letter-span = { $from } – { $to }
letter-account-button = Zu Ihrem Konto

letter-link-minutes = { $minutes ->
    [one] Der Link gilt { $minutes } Minute lang und einmal.
   *[other] Der Link gilt { $minutes } Minuten lang und einmal.
}
letter-link-here = Er funktioniert nur in dem Browser, in dem Sie ihn angefordert haben.
letter-not-you = Waren Sie es nicht, brauchen Sie nichts zu tun: Ohne den Link geschieht nichts.

letter-sign-in-title = Ihr Link zum Anmelden
letter-sign-in = Mit diesem Link melden Sie sich bei { $publication } an.
letter-sign-in-button = Anmelden

letter-sign-up-title = Ihr Link zu { $publication }
letter-sign-up = Zu dieser Adresse gibt es noch kein Konto. Mit diesem Link wird eines angelegt, und Sie sind angemeldet.
letter-sign-up-button = Konto anlegen

letter-confirm-title = Bestätigen Sie Ihre Adresse
letter-confirm = Bitte bestätigen Sie, dass diese Adresse Ihnen gehört. Dann wird Ihr Konto bei { $publication } angelegt.
letter-confirm-button = Adresse bestätigen

letter-already-there-title = Sie haben schon ein Konto
letter-already-there = Jemand, vermutlich Sie, wollte mit dieser Adresse ein Konto bei { $publication } anlegen. Es gibt schon eines; mit diesem Link melden Sie sich an.

letter-reset-title = Neues Passwort festlegen
letter-reset = Mit diesem Link wählen Sie ein neues Passwort für Ihr Konto bei { $publication }. Alle Ihre Geräte werden dann abgemeldet.
letter-reset-button = Neues Passwort wählen

letter-no-account-title = Zu dieser Adresse gibt es kein Konto
letter-no-account = Jemand, vermutlich Sie, hat bei { $publication } ein neues Passwort angefordert. Zu dieser Adresse gibt es kein Konto. Vielleicht haben Sie eine andere verwendet; oder legen Sie jetzt ein Konto an.
letter-no-account-button = Konto anlegen

letter-closed-title = Ihr Konto ist geschlossen
letter-closed = Jemand, vermutlich Sie, wollte sich mit dieser Adresse bei { $publication } anmelden. Das Konto ist geschlossen; bitte schreiben Sie uns, wenn wir es wieder öffnen sollen.
letter-closed-not-you = Waren Sie es nicht, brauchen Sie nichts zu tun.

letter-password-changed-title = Ihr Passwort wurde geändert
letter-password-changed = Das Passwort Ihres Kontos bei { $publication } wurde geändert, und alle Geräte wurden abgemeldet.
letter-password-changed-not-you = Waren Sie es nicht, legen Sie sofort ein anderes fest: Wählen Sie beim Anmelden „Passwort vergessen?“.

letter-new-address-title = Bestätigen Sie Ihre neue Adresse
letter-new-address = Bitte bestätigen Sie, dass diese Adresse Ihnen gehört. Von da an melden Sie sich bei { $publication } mit ihr an, und unsere Post geht dorthin.
letter-new-address-account = Es geht um das Konto von { $account }. Wenn das nicht Ihres ist, bestätigen Sie bitte nichts.
letter-address-changed-title = Ihre Adresse wurde geändert
letter-address-changed = Ihr Konto bei { $publication } hat ab jetzt eine andere E-Mail-Adresse. Dies ist die letzte Nachricht an diese hier.
letter-address-changed-not-you = Waren Sie es nicht, schreiben Sie uns bitte sofort.

letter-gives = Das steht Ihnen offen
letter-gives-gift = Das gehört dazu
letter-agreed = Das haben Sie vereinbart
letter-row-price = Preis
letter-price-then = { $first }. { $then }
letter-row-seats = Plätze
letter-row-next = Nächste Abbuchung
letter-row-next-value = { $amount } am { $date }
letter-row-ends = Endet am
letter-row-ends-trial = Probe endet am
letter-row-paid-until = Bezahlt bis
letter-row-from = Ab
letter-row-retry = Nächster Versuch
letter-row-access-until = Sie können lesen bis
letter-row-confirm-by = Zu bestätigen bis
letter-row-amount = Betrag
letter-tax-added = Steuer kommt hinzu.
letter-plus-tax = (zuzüglich Steuer)

letter-welcome-title = Willkommen bei { $publication }
letter-welcome-paid = Vielen Dank. Ihr Abonnement hat begonnen.
letter-welcome-seats = Laden Sie jetzt von Ihrem Konto aus Ihr Team ein. Um selbst zu lesen, laden Sie auch Ihre eigene Adresse ein.
letter-welcome-bought = Vielen Dank. Was Sie gekauft haben, steht Ihnen jetzt offen.
letter-welcome-trial = Ihr kostenloses Probeabonnement hat begonnen. Es läuft bis zum { $until }.
letter-welcome-gift = Ihr Geschenkabonnement hat begonnen. Es läuft bis zum { $until } und endet von selbst.
letter-welcome-given = Bis zum { $until } lesen Sie { $publication } als unser Gast.
letter-welcome-given-open = Sie lesen { $publication } als unser Gast.
letter-cancel = Sie können jederzeit in Ihrem Konto kündigen. Was Sie bezahlt haben, bleibt Ihnen bis zum Ende erhalten.
letter-cancel-trial = Möchten Sie nicht weiterlesen, kündigen Sie vor dem { $date } in Ihrem Konto; dann wird nichts abgebucht.
letter-withdraw-part = Bis einschließlich { $date } können Sie den Vertrag ohne Angabe von Gründen widerrufen. Was Sie bis dahin nicht genutzt haben, erhalten Sie zurück.
letter-withdraw-full = Bis einschließlich { $date } können Sie den Vertrag ohne Angabe von Gründen widerrufen. Sie erhalten alles zurück.
letter-withdraw-waived = Sie haben die sofortige Nutzung verlangt und zugestimmt, dass Ihr Widerrufsrecht damit erlischt.
letter-read-button = Jetzt lesen

letter-receipt-title = Ihre Quittung: { $amount }
letter-receipt = Vielen Dank. Wir haben Ihre Zahlung über { $amount } erhalten.
letter-receipt-heading = Quittung
letter-row-invoice = Rechnung
letter-row-credit-note = Gutschrift
letter-row-corrects = Zu Rechnung
letter-row-date = Datum
letter-row-customer = Für
letter-row-seller = Von
letter-line-seats = { $what } ({ $count ->
    [one] { $count } Platz
   *[other] { $count } Plätze
})
letter-line-plan = Abonnement
letter-line-once = Zugang
letter-line-difference = Wechsel des Abonnements, Unterschied
letter-line-unused = Bisheriges Abonnement, nicht genutzt
letter-line-gift = Geschenkabonnement
letter-net = Netto
letter-tax = Steuer ({ $rate })
letter-total = Summe
letter-reverse-charge = Die Steuer schuldet der Leistungsempfänger (Reverse Charge).
letter-invoice-button = Rechnung ansehen
letter-invoice-soon = Die Rechnung folgt; Sie finden sie in Ihrem Konto.

letter-refund-title = Sie erhalten { $amount } zurück
letter-refund = Wir schicken { $amount } auf dem Weg zurück, auf dem Sie bezahlt haben. Bei den meisten Banken kommt das Geld innerhalb von zehn Tagen an.
letter-refund-withdrawal = Sie haben den Vertrag widerrufen.
letter-refund-plan = Ihr neues Abonnement kostet weniger, als Sie bezahlt hatten.
letter-refund-surplus = Es wurde Geld abgebucht, obwohl nichts fällig war. Das tut uns leid.
letter-credit-note-button = Gutschrift ansehen
letter-refund-delayed-title = Ihre Erstattung über { $amount } verzögert sich
letter-refund-delayed = Wir wollten Ihnen { $amount } zurückzahlen, aber Ihre Bank oder Karte hat das Geld nicht angenommen. Es steht Ihnen trotzdem zu. Wir kümmern uns darum und schreiben Ihnen, wenn wir etwas brauchen.

letter-trial-ends-title = { $days ->
    [0] Ihr Probeabonnement endet heute
    [1] Ihr Probeabonnement endet morgen
   *[other] Ihr Probeabonnement endet in { $days } Tagen
}
letter-trial-charged = Ihr kostenloses Probeabonnement ({ $publication }) endet am { $date }. Dann wird es zum Abonnement: An diesem Tag werden { $amount } abgebucht.
letter-trial-over = Ihr kostenloses Probeabonnement ({ $publication }) endet am { $date } von selbst. Es wird nichts abgebucht.
letter-trial-go-on = Wenn Sie gern weiterlesen möchten, wählen Sie ein Abonnement.
letter-subscribe-button = Abonnement wählen

letter-renewal-title = Ihr Abonnement verlängert sich am { $date }
letter-renewal = Am { $date } geht Ihr Abonnement ({ $publication }) weiter, und { $amount } werden abgebucht.
letter-renewal-cancel = Möchten Sie das nicht, kündigen Sie vor diesem Tag in Ihrem Konto.

letter-rise-title = Ein neuer Preis ab { $date }
letter-rise = Der Preis Ihres Abonnements ({ $publication }) ändert sich am { $date }.
letter-row-old-price = Preis bis dahin
letter-row-new-price = Neuer Preis
letter-rise-silence-accepts = Wenn Sie nichts tun, stimmen Sie zu, und der neue Preis wird am { $date } zum ersten Mal abgebucht. Lehnen Sie ihn ab, endet Ihr Abonnement an diesem Tag, und es wird nichts mehr abgebucht.
letter-rise-silence-refuses = Der neue Preis gilt nur, wenn Sie zustimmen. Wenn Sie nichts tun, endet Ihr Abonnement am { $date }, und es wird nichts mehr abgebucht.
letter-rise-accept-button = Neuem Preis zustimmen
letter-rise-refuse = Neuen Preis ablehnen

letter-failed-title = Ihre Zahlung ist nicht eingegangen
letter-failed = Wir konnten die Zahlung für Ihr Abonnement ({ $publication }) nicht einziehen.
letter-failed-funds = Das Konto war nicht gedeckt.
letter-failed-expired = Die Karte ist abgelaufen.
letter-failed-blocked = Die Karte kann nicht mehr verwendet werden.
letter-failed-unconfirmed = Die Zahlung wurde bei Ihrer Bank nicht bestätigt.
letter-failed-refused = Ihre Bank hat sie abgelehnt und keinen Grund genannt.
letter-failed-again = War das eine Ausnahme, brauchen Sie nichts zu tun: Wir versuchen es noch einmal. Soll es eine andere Karte sein, ändern Sie sie bitte.
letter-failed-final = Mit dieser Karte versuchen wir es nicht noch einmal. Bitte geben Sie bis zum { $until } eine andere an, sonst endet Ihr Abonnement.
letter-failed-purchase = Wir konnten die Zahlung für das, was Sie bei { $publication } kaufen wollten, nicht einziehen.
letter-failed-plan = Die Zahlung für Ihren Tarifwechsel bei { $publication } ist fehlgeschlagen.
letter-failed-plan-stays = Ihr Tarif bleibt, wie er war. Sollte das Geld doch abgebucht worden sein, bekommen Sie es zurück.
letter-failed-nothing = Es hat nichts begonnen, und es wurde nichts abgebucht. Sie können es noch einmal versuchen, auch mit einer anderen Karte.
letter-failed-unknown = Es hat nichts begonnen. Niemand hat uns gesagt, was aus der Zahlung geworden ist: Bitte sehen Sie nach, ob gebucht wurde, bevor Sie es noch einmal versuchen. Geht sie doch noch ein, bekommen Sie sie zurück.
letter-card-button = Karte ändern
letter-purchase-button = Zum Kauf

letter-bank-title = Bitte bestätigen Sie Ihre Zahlung
letter-bank = Ihre Bank bittet Sie, die Zahlung für Ihr Abonnement ({ $publication }) selbst zu bestätigen. Vorher ist sie nicht bezahlt.
letter-bank-purchase = Ihre Bank bittet Sie, die Zahlung für das, was Sie bei { $publication } kaufen wollten, selbst zu bestätigen. Vorher ist sie nicht bezahlt, und nichts beginnt.
letter-bank-button = Zahlung bestätigen

letter-trial-ended-title = Ihr Probeabonnement ist beendet
letter-ended-title = Ihr Abonnement ist beendet
letter-access-ended-title = Ihr Zugang ist beendet
letter-ended-cancelled = Es endete am { $date }, wie Sie es wünschten. Es wird nichts mehr abgebucht.
letter-ended-trial = Ihr kostenloses Probeabonnement ({ $publication }) endete am { $date }. Es wurde nichts abgebucht.
letter-ended-expired = Was Sie hatten, galt für eine bestimmte Zeit; sie war am { $date } vorbei. Es wird nichts mehr abgebucht.
letter-ended-payment = Die Zahlung ist nach mehreren Versuchen nicht eingegangen. Es endete am { $date }; es wird nichts mehr abgebucht.
letter-ended-price = Sie haben dem neuen Preis nicht zugestimmt, daher endete es am { $date }. Es wird nichts mehr abgebucht.
letter-ended-withdrawn = Sie haben den Vertrag widerrufen, daher endete es am { $date }. Was Sie zurückerhalten, steht in einer eigenen Nachricht.
letter-ended-refunded = Ihre Zahlung wurde erstattet, daher endete es am { $date }.
letter-ended-charged-back = Ihre Bank hat Ihre Zahlung zurückgeholt, daher endete es am { $date }. Ist das ein Irrtum, schreiben Sie uns bitte.
letter-ended-revoked = Wir haben es am { $date } beendet. Halten Sie das für einen Irrtum, schreiben Sie uns bitte.
letter-ended-back = Wir würden uns freuen, Sie wieder zu begrüßen.
letter-back-button = Wieder abonnieren

letter-cancelled-title = Ihr Abonnement ist gekündigt
letter-cancelled = Bis zum { $until } können Sie { $publication } lesen. Es wird nichts mehr abgebucht.
letter-cancelled-open = Es endet mit dem Zeitraum, den Sie bezahlt haben. Für einen weiteren wird nichts abgebucht.
letter-cancelled-back = Überlegen Sie es sich anders, nehmen Sie die Kündigung vorher in Ihrem Konto zurück.
letter-cancelled-button = Abonnement behalten

letter-paused-title = Ihr Abonnement pausiert
letter-paused = Ihr Abonnement ({ $publication }) pausiert und geht am { $date } von selbst weiter. Bis dahin wird nichts abgebucht, und was Sie bezahlt haben, bleibt Ihnen erhalten.
letter-paused-button = Jetzt fortsetzen
letter-resumed-title = Ihr Abonnement geht weiter
letter-resumed = Ihr Abonnement ({ $publication }) geht ab heute weiter.

letter-plan-title = Ihr Abonnement hat sich geändert
letter-plan = Ihre Änderung gilt jetzt. Das haben Sie von nun an.

letter-gift-bought-title = Ihr Geschenk und Ihre Quittung
letter-gift-bought = Vielen Dank, dass Sie { $publication } verschenken. Wir haben Ihre Zahlung über { $amount } erhalten.
letter-gift-bought-next = Der Code, mit dem das Geschenk eingelöst wird, geht in einer eigenen Nachricht hinaus: an Sie oder an die beschenkte Person, wie Sie es gewählt haben.
letter-gift-title = { $giver } schenkt Ihnen { $publication }
letter-gift-title-anonymous = Ein Geschenk für Sie: { $publication }
letter-gift = Ihnen wurde ein Abonnement geschenkt ({ $publication }). Es kostet Sie nichts und endet von selbst.
letter-gift-yours-title = Der Code Ihres Geschenks
letter-gift-yours = Geben Sie diesen Code oder diese ganze Nachricht weiter. Wer ihn zuerst einlöst, hat das Geschenk.
letter-row-code = Code
letter-row-lasts = Dauer
letter-row-redeem-by = Einzulösen bis
letter-gift-button = Geschenk einlösen
letter-gift-redeemed-title = Ihr Geschenk wurde eingelöst
letter-gift-redeemed = Das Abonnement, das Sie verschenkt haben ({ $publication }), hat begonnen. Danke, dass Sie guten Lesestoff weitergeben.

letter-seat-title = Ein Platz für Sie bei { $publication }
letter-seat-title-by = { $giver } lädt Sie zu { $publication } ein
letter-seat = In einem Abonnement ({ $publication }) ist ein Platz für Sie reserviert. Jemand anderes bezahlt ihn; er kostet Sie nichts.
letter-seat-button = Platz annehmen
letter-seat-not-you = Sind Sie nicht gemeint, brauchen Sie nichts zu tun.

letter-delivery-title = Ihre Lieferung wurde geändert
letter-delivery = An der Lieferung ({ $publication }) wurde etwas geändert. In Ihrem Konto steht, was wohin kommt.
letter-delivery-suspended-title = Ihre Lieferung ist ausgesetzt
letter-delivery-suspended = Vom { $first } bis zum { $last } wird Ihnen nichts geliefert ({ $publication }). Ihr Abonnement läuft weiter.
letter-delivery-suspended-day = Am { $first } wird Ihnen nichts geliefert ({ $publication }). Ihr Abonnement läuft weiter.
letter-delivery-elsewhere-title = Ihre Lieferung geht an eine andere Adresse
letter-delivery-elsewhere = Vom { $first } bis zum { $last } geht die Lieferung ({ $publication }) an eine andere Adresse.
letter-delivery-elsewhere-day = Am { $first } geht die Lieferung ({ $publication }) an eine andere Adresse.
letter-delivery-for-good = Ab dem { $first } geht die Lieferung ({ $publication }) an eine andere Adresse.
letter-delivery-town = Ort
letter-delivery-back-title = Ihre Lieferung kommt wie zuvor
letter-delivery-back = Was zur Lieferung ({ $publication }) vereinbart war, ist ab dem { $first } zurückgenommen.
letter-delivery-late = Für einige dieser Tage kam es zu spät: Was dann kommt, stand schon fest. In Ihrem Konto steht, für welche.
letter-delivery-address-title = Ihre Lieferadresse wurde geändert
letter-delivery-address = Die Lieferung ({ $publication }) geht ab jetzt an eine andere Adresse. Was schon feststeht, kommt noch an die bisherige.
letter-delivery-button = Nachsehen, was wohin kommt
letter-delivery-not-you = Waren Sie es nicht, ändern Sie es in Ihrem Konto zurück oder schreiben Sie uns bitte sofort.
