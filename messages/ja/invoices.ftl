invoice-list = 請求書
invoice-none = 請求書はまだありません。
invoice-kind = { $kind ->
    [credit] 返金明細書
   *[invoice] 請求書
}
invoice-title = { invoice-kind } { $number }
invoice-corrects = 請求書{ $number }を訂正するものです。
invoice-seller = 販売者
invoice-buyer = 購入者
invoice-vat-id = 登録番号 { $id }
invoice-number = 番号
invoice-date = 日付
invoice-lines = 販売した内容
invoice-what = 内容
invoice-quantity = 数量
invoice-count = { $count }
invoice-rate = 税率
invoice-net = 税抜金額
invoice-sum-net = 税抜合計
invoice-tax = 税 { $rate }（{ $country }、対象額{ $net }）
invoice-total = 合計
invoice-plan-name = { $publication }、{ $plan }
invoice-plan = 購読料：{ $name }
invoice-difference = 差額：{ $name }
invoice-unused = 未使用分：{ $name }
invoice-gift = ギフト：{ $name }
invoice-refund = 返金
invoice-days = { $from }～{ $to }
invoice-from = { $from }から
invoice-rate-reversed = リバースチャージ
invoice-paid = お支払い済み。
invoice-given-back = お支払いいただいた方法で返金しました。
invoice-reverse-charge = リバースチャージ：付加価値税は購入者が納めます。
invoice-no-tax = 税は課されません。
