-- One row a customer. Deliveries overlap: the newest row of each counts.
select
  customer_id::integer as customer_id,
  lower(trim(email)) as email,
  upper(trim(country)) as country,
  signed_up_on::date as signed_up_on
from raw.customers
qualify row_number() over (partition by customer_id order by delivered_at::timestamp desc) = 1
