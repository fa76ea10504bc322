-- A status that nobody has heard of would be counted as revenue.
select order_id, status
from staging.orders
where status not in ('paid', 'shipped', 'cancelled')
