-- An order number is used once.
select order_id, count(*) as times
from staging.orders
group by order_id
having count(*) > 1
