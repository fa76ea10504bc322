-- One row a product in an order.
select
  order_id::integer as order_id,
  product_id::integer as product_id,
  quantity::integer as quantity,
  unit_price::decimal(10, 2) as unit_price
from raw.order_lines
