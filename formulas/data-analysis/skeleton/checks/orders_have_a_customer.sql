-- Every order belongs to a customer that we know.
select orders.order_id, orders.customer_id
from staging.orders as orders
anti join staging.customers using (customer_id)
