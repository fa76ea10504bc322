-- One row a customer, those who never ordered included.
select
  customers.customer_id,
  customers.country,
  customers.signed_up_on,
  count(orders.order_id) as orders,
  coalesce(sum(orders.revenue), 0)::decimal(14, 2) as revenue,
  min(orders.ordered_on) as first_order_on,
  max(orders.ordered_on) as last_order_on,
  case
    when count(orders.order_id) = 0 then 'never ordered'
    when count(orders.order_id) = 1 then 'once'
    when count(orders.order_id) < 10 then 'returning'
    else 'regular'
  end as segment
from staging.customers as customers
left join marts.orders as orders using (customer_id)
group by all
