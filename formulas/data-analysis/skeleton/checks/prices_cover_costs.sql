-- Sold for less than it cost: a campaign, or a wrong price.
-- severity: warning
select lines.order_id, products.name, lines.unit_price, products.unit_cost
from staging.order_lines as lines
join staging.products as products using (product_id)
where lines.unit_price < products.unit_cost
