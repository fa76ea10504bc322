-- One row an order, cancelled ones included.
select
  order_id::integer as order_id,
  customer_id::integer as customer_id,
  ordered_at::timestamp as ordered_at,
  lower(trim(status)) as status,
  coalesce(nullif(lower(trim(channel)), ''), 'unknown') as channel
from raw.orders
