invoice-list = Factures
invoice-none = Il n’y a pas encore de facture.
invoice-kind = { $kind ->
    [credit] Avoir
   *[invoice] Facture
}
invoice-title = { invoice-kind } { $number }
invoice-corrects = Rectifie la facture { $number }.
invoice-seller = Vendeur
invoice-buyer = Acheteur
invoice-vat-id = N° de TVA { $id }
invoice-number = Numéro
invoice-date = Date
invoice-lines = Ce qui a été vendu
invoice-what = Désignation
invoice-quantity = Quantité
invoice-count = { $count }
invoice-rate = Taxe
invoice-net = HT
invoice-sum-net = Total hors taxe
invoice-tax = TVA { $rate } ({ $country }) sur { $net }
invoice-total = Total TTC
invoice-plan-name = { $publication }, { $plan }
invoice-plan = Abonnement : { $name }
invoice-difference = Différence pour { $name }
invoice-unused = Non utilisé de { $name }
invoice-gift = Cadeau : { $name }
invoice-refund = Remboursement
invoice-days = Du { $from } au { $to }
invoice-from = À partir du { $from }
invoice-rate-reversed = Autoliquidation
invoice-paid = Payé.
invoice-given-back = Le montant a été remboursé par le moyen de paiement utilisé.
invoice-reverse-charge = Autoliquidation : la TVA est due par le client.
invoice-no-tax = Aucune TVA n’est facturée.
