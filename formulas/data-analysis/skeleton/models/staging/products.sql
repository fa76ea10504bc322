-- One row a product.
select
  product_id::integer as product_id,
  trim(name) as name,
  lower(trim(category)) as category,
  unit_cost::decimal(10, 2) as unit_cost
from raw.products
