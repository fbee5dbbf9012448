### Invoices and credit notes. Every message may use $publication, the name of the publication. $number is the number of a document, $name a plan, $from and $to are days in words.

invoice-list = Invoices
invoice-none = There are no invoices yet.
# $kind is invoice or credit.
invoice-kind = { $kind ->
    [credit] Credit note
   *[invoice] Invoice
}
invoice-title = { invoice-kind } { $number }
invoice-corrects = Corrects invoice { $number }.
invoice-seller = Seller
invoice-buyer = Buyer
# $id is the id of a business for value added tax.
invoice-vat-id = VAT ID { $id }
invoice-number = Number
invoice-date = Date
invoice-lines = What was sold
invoice-what = Description
invoice-quantity = Quantity
# How many of it.
invoice-count = { $count }
invoice-rate = Tax
invoice-net = Net
invoice-sum-net = Total without tax
# $rate is a rate such as 20 %, $country a country's code, $net what it is on.
invoice-tax = VAT { $rate } ({ $country }) on { $net }
invoice-total = Total
# $plan is the name of a plan in the catalog; name your own here.
invoice-plan-name = { $publication }, { $plan }
invoice-plan = Subscription: { $name }
invoice-difference = Difference to { $name }
invoice-unused = Not used of { $name }
invoice-gift = Gift: { $name }
invoice-refund = Given back
invoice-days = { $from } to { $to }
invoice-from = From { $from }
invoice-rate-reversed = Reverse charge
invoice-paid = Paid.
invoice-given-back = The amount was given back by the way it was paid.
invoice-reverse-charge = Reverse charge: the customer owes the value added tax.
invoice-no-tax = No value added tax is charged.
