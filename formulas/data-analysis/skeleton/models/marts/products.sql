-- One row a product, by what it brought in.
select
  products.product_id,
  products.name,
  products.category,
  sum(lines.quantity) as items,
  sum(lines.quantity * lines.unit_price)::decimal(14, 2) as revenue,
  sum(lines.quantity * (lines.unit_price - products.unit_cost))::decimal(14, 2) as margin
from staging.products as products
join staging.order_lines as lines using (product_id)
join marts.orders as orders using (order_id)
group by all
order by revenue desc
