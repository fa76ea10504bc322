-- Every line belongs to an order and a product that we know.
select lines.*
from staging.order_lines as lines
left join staging.orders as orders using (order_id)
left join staging.products as products using (product_id)
where orders.order_id is null or products.product_id is null
