-- One row an order that was not cancelled, with what it brought in.
with amounts as (
  select
    lines.order_id,
    sum(lines.quantity) as items,
    sum(lines.quantity * lines.unit_price)::decimal(12, 2) as revenue,
    sum(lines.quantity * products.unit_cost)::decimal(12, 2) as cost
  from staging.order_lines as lines
  join staging.products as products using (product_id)
  group by lines.order_id
)
select
  orders.order_id,
  orders.customer_id,
  customers.country,
  orders.channel,
  orders.ordered_at::date as ordered_on,
  date_trunc('month', orders.ordered_at)::date as month,
  amounts.items,
  amounts.revenue,
  amounts.revenue - amounts.cost as margin,
  row_number() over (partition by orders.customer_id order by orders.ordered_at) = 1 as is_first
from staging.orders as orders
join staging.customers as customers using (customer_id)
join amounts using (order_id)
where orders.status <> 'cancelled'
