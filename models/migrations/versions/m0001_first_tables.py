"""The first tables: goods, places, people, baskets, sales, payments, stock, papers."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_KEPT_FOR_GOOD = (
    "sale",
    "sale_line",
    "sale_bundle",
    "payment",
    "rounding",
    "stock_movement",
)


def upgrade() -> None:
    """Create everything; what happened may neither be changed nor deleted."""
    for statement in _TABLES:
        op.execute(statement)
    for table in _KEPT_FOR_GOOD:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is kept for good'); END"
            )


_TABLES = (
    """
    CREATE TABLE account (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        holder TEXT NOT NULL,
        kind TEXT NOT NULL,
        wallet TEXT NOT NULL,
        is_active INTEGER NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (uuid)
    )
     STRICT
    """,
    """
    CREATE TABLE category (
        id INTEGER NOT NULL,
        name TEXT NOT NULL,
        name_en TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (name)
    )
     STRICT
    """,
    """
    CREATE TABLE event (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (uuid),
        UNIQUE (name)
    )
     STRICT
    """,
    """
    CREATE TABLE region (
        code TEXT NOT NULL,
        province TEXT NOT NULL,
        prefecture TEXT NOT NULL,
        county TEXT NOT NULL,
        county_en TEXT NOT NULL,
        scheme TEXT NOT NULL,
        colour TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (code)
    )
     STRICT
    """,
    """
    CREATE TABLE setting (
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY ("key")
    )
     STRICT
    """,
    """
    CREATE TABLE staff (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        is_active INTEGER NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (uuid),
        UNIQUE (name)
    )
     STRICT
    """,
    """
    CREATE TABLE supplier (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        name TEXT NOT NULL,
        town TEXT NOT NULL,
        village TEXT NOT NULL,
        terms TEXT NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (uuid),
        UNIQUE (name)
    )
     STRICT
    """,
    """
    CREATE TABLE outlet (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        channel TEXT NOT NULL,
        event_id INTEGER,
        rounding TEXT NOT NULL,
        buyer_kind TEXT NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (uuid),
        UNIQUE (name),
        FOREIGN KEY(event_id) REFERENCES event (id)
    )
     STRICT
    """,
    """
    CREATE TABLE product (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        sku TEXT NOT NULL,
        name TEXT NOT NULL,
        name_en TEXT NOT NULL,
        category_id INTEGER NOT NULL,
        region_code TEXT,
        supplier_id INTEGER,
        is_bundle INTEGER NOT NULL,
        unit TEXT NOT NULL,
        unit_name TEXT NOT NULL,
        spec TEXT NOT NULL,
        price_fen INTEGER,
        cost_fen INTEGER,
        tax_rate_bp INTEGER,
        plu TEXT,
        is_certified INTEGER NOT NULL,
        certificate TEXT NOT NULL,
        shelf_life_days INTEGER,
        picture BLOB,
        initials TEXT NOT NULL,
        below_zero TEXT NOT NULL,
        is_active INTEGER NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT ck_product_unit CHECK (unit IN ('piece', 'gram')),
        CONSTRAINT ck_product_price CHECK (price_fen >= 0),
        CONSTRAINT ck_product_cost CHECK (cost_fen >= 0),
        CONSTRAINT ck_product_bundle CHECK (NOT is_bundle OR (region_code IS NULL AND unit = 'piece')),
        UNIQUE (uuid),
        UNIQUE (sku),
        FOREIGN KEY(category_id) REFERENCES category (id),
        FOREIGN KEY(region_code) REFERENCES region (code),
        FOREIGN KEY(supplier_id) REFERENCES supplier (id),
        UNIQUE (plu)
    )
     STRICT
    """,
    """
    CREATE TABLE barcode (
        code TEXT NOT NULL,
        product_id INTEGER NOT NULL,
        pack_size INTEGER NOT NULL,
        price_fen INTEGER,
        PRIMARY KEY (code),
        CONSTRAINT ck_barcode_pack CHECK (pack_size > 0),
        CONSTRAINT ck_barcode_price CHECK (price_fen >= 0),
        FOREIGN KEY(product_id) REFERENCES product (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_barcode_product_id ON barcode (product_id)
    """,
    """
    CREATE TABLE bundle_part (
        bundle_id INTEGER NOT NULL,
        product_id INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (bundle_id, product_id),
        CONSTRAINT ck_bundle_part CHECK (amount > 0),
        FOREIGN KEY(bundle_id) REFERENCES product (id),
        FOREIGN KEY(product_id) REFERENCES product (id)
    )
     STRICT
    """,
    """
    CREATE TABLE event_price (
        id INTEGER NOT NULL,
        product_id INTEGER NOT NULL,
        outlet_id INTEGER,
        event_id INTEGER,
        price_fen INTEGER NOT NULL,
        from_date INTEGER NOT NULL,
        to_date INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT ck_event_price CHECK (price_fen >= 0),
        CONSTRAINT ck_event_price_dates CHECK (from_date <= to_date),
        FOREIGN KEY(product_id) REFERENCES product (id),
        FOREIGN KEY(outlet_id) REFERENCES outlet (id),
        FOREIGN KEY(event_id) REFERENCES event (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_event_price_product_id ON event_price (product_id)
    """,
    """
    CREATE TABLE stock (
        outlet_id INTEGER NOT NULL,
        product_id INTEGER NOT NULL,
        on_hand INTEGER NOT NULL,
        PRIMARY KEY (outlet_id, product_id),
        FOREIGN KEY(outlet_id) REFERENCES outlet (id),
        FOREIGN KEY(product_id) REFERENCES product (id)
    )
     STRICT
    """,
    """
    CREATE TABLE till (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        code TEXT NOT NULL,
        name TEXT NOT NULL,
        outlet_id INTEGER NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (uuid),
        UNIQUE (code),
        FOREIGN KEY(outlet_id) REFERENCES outlet (id)
    )
     STRICT
    """,
    """
    CREATE TABLE basket (
        uuid TEXT NOT NULL,
        till_id INTEGER NOT NULL,
        staff_id INTEGER NOT NULL,
        state TEXT NOT NULL,
        content TEXT NOT NULL,
        changed_at INTEGER NOT NULL,
        PRIMARY KEY (uuid),
        CONSTRAINT ck_basket_state CHECK (state IN ('open', 'parked', 'paid')),
        FOREIGN KEY(till_id) REFERENCES till (id),
        FOREIGN KEY(staff_id) REFERENCES staff (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_basket_parked ON basket (till_id) WHERE state = 'parked'
    """,
    """
    CREATE UNIQUE INDEX ux_basket_one_open ON basket (till_id) WHERE state = 'open'
    """,
    """
    CREATE TABLE shift (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        till_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        business_date INTEGER NOT NULL,
        state TEXT NOT NULL,
        opened_at INTEGER NOT NULL,
        opened_by INTEGER NOT NULL,
        float_fen INTEGER NOT NULL,
        sealed_at INTEGER,
        sealed_by INTEGER,
        PRIMARY KEY (id),
        CONSTRAINT ck_shift_float CHECK (float_fen >= 0),
        CONSTRAINT ck_shift_state CHECK (state IN ('open', 'sealed', 'counted', 'accepted')),
        CONSTRAINT ux_shift_number UNIQUE (till_id, number),
        UNIQUE (uuid),
        FOREIGN KEY(till_id) REFERENCES till (id),
        FOREIGN KEY(opened_by) REFERENCES staff (id),
        FOREIGN KEY(sealed_by) REFERENCES staff (id)
    )
     STRICT
    """,
    """
    CREATE UNIQUE INDEX ux_shift_one_open ON shift (till_id) WHERE state = 'open'
    """,
    """
    CREATE TABLE sale (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        till_id INTEGER NOT NULL,
        series TEXT NOT NULL,
        seq INTEGER NOT NULL,
        number TEXT NOT NULL,
        shift_id INTEGER NOT NULL,
        staff_id INTEGER NOT NULL,
        seller TEXT NOT NULL,
        at INTEGER NOT NULL,
        business_date INTEGER NOT NULL,
        local_hour INTEGER NOT NULL,
        outlet_id INTEGER NOT NULL,
        outlet TEXT NOT NULL,
        outlet_kind TEXT NOT NULL,
        channel TEXT NOT NULL,
        event TEXT NOT NULL,
        buyer_kind TEXT NOT NULL,
        list_fen INTEGER NOT NULL,
        discount_fen INTEGER NOT NULL,
        rounding_fen INTEGER NOT NULL,
        net_fen INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT ux_sale_number UNIQUE (till_id, series, seq),
        CONSTRAINT ck_sale_net CHECK (net_fen = list_fen - discount_fen - rounding_fen),
        UNIQUE (uuid),
        FOREIGN KEY(till_id) REFERENCES till (id),
        FOREIGN KEY(shift_id) REFERENCES shift (id),
        FOREIGN KEY(staff_id) REFERENCES staff (id),
        FOREIGN KEY(outlet_id) REFERENCES outlet (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_sale_day ON sale (business_date)
    """,
    """
    CREATE TABLE payment (
        id INTEGER NOT NULL,
        sale_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        till_id INTEGER NOT NULL,
        shift_id INTEGER NOT NULL,
        staff_id INTEGER NOT NULL,
        business_date INTEGER NOT NULL,
        method TEXT NOT NULL,
        account_id INTEGER,
        holder TEXT NOT NULL,
        account_kind TEXT,
        reference TEXT NOT NULL,
        tendered_fen INTEGER NOT NULL,
        change_fen INTEGER NOT NULL,
        net_fen INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT ux_payment UNIQUE (sale_id, position),
        CONSTRAINT ck_payment_net CHECK (net_fen = tendered_fen - change_fen),
        CONSTRAINT ck_payment_change CHECK (change_fen = 0 OR method = 'cash'),
        CONSTRAINT ck_payment_account CHECK ((method IN ('wechat', 'alipay', 'phone')) = (account_id IS NOT NULL)),
        CONSTRAINT ck_payment_method CHECK (method IN ('cash', 'exchange', 'transfer', 'wechat', 'alipay', 'phone', 'bank_card', 'canteen_card', 'subsidy', 'on_account')),
        CONSTRAINT ck_payment_sign CHECK (change_fen = 0 OR (change_fen > 0 AND tendered_fen > 0)),
        FOREIGN KEY(sale_id) REFERENCES sale (id),
        FOREIGN KEY(till_id) REFERENCES till (id),
        FOREIGN KEY(shift_id) REFERENCES shift (id),
        FOREIGN KEY(staff_id) REFERENCES staff (id),
        FOREIGN KEY(account_id) REFERENCES account (id)
    )
     STRICT
    """,
    """
    CREATE TABLE print_job (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        sale_id INTEGER NOT NULL,
        copy INTEGER NOT NULL,
        state TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        content BLOB,
        PRIMARY KEY (id),
        UNIQUE (uuid),
        FOREIGN KEY(sale_id) REFERENCES sale (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_print_job_sale ON print_job (sale_id)
    """,
    """
    CREATE INDEX ix_print_job_waiting ON print_job (id) WHERE state <> 'sent'
    """,
    """
    CREATE TABLE rounding (
        sale_id INTEGER NOT NULL,
        rule TEXT NOT NULL,
        fen INTEGER NOT NULL,
        PRIMARY KEY (sale_id),
        CONSTRAINT ck_rounding CHECK (fen <> 0),
        FOREIGN KEY(sale_id) REFERENCES sale (id)
    )
     STRICT
    """,
    """
    CREATE TABLE sale_bundle (
        sale_id INTEGER NOT NULL,
        line_no INTEGER NOT NULL,
        product_id INTEGER NOT NULL,
        sku TEXT NOT NULL,
        barcode TEXT NOT NULL,
        name TEXT NOT NULL,
        name_en TEXT NOT NULL,
        count INTEGER NOT NULL,
        list_price_fen INTEGER NOT NULL,
        price_fen INTEGER NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (sale_id, line_no),
        FOREIGN KEY(sale_id) REFERENCES sale (id),
        FOREIGN KEY(product_id) REFERENCES product (id)
    )
     STRICT
    """,
    """
    CREATE TABLE sale_line (
        id INTEGER NOT NULL,
        sale_id INTEGER NOT NULL,
        line_no INTEGER NOT NULL,
        part_no INTEGER NOT NULL,
        business_date INTEGER NOT NULL,
        local_hour INTEGER NOT NULL,
        product_id INTEGER NOT NULL,
        sku TEXT NOT NULL,
        barcode TEXT NOT NULL,
        name TEXT NOT NULL,
        name_en TEXT NOT NULL,
        unit TEXT NOT NULL,
        amount INTEGER NOT NULL,
        pack_size INTEGER NOT NULL,
        list_price_fen INTEGER NOT NULL,
        price_fen INTEGER NOT NULL,
        reason TEXT NOT NULL,
        list_fen INTEGER NOT NULL,
        discount_fen INTEGER NOT NULL,
        order_discount_fen INTEGER NOT NULL,
        rounding_fen INTEGER NOT NULL,
        net_fen INTEGER NOT NULL,
        cost_fen INTEGER,
        tax_rate_bp INTEGER,
        region_code TEXT NOT NULL,
        province TEXT NOT NULL,
        prefecture TEXT NOT NULL,
        county TEXT NOT NULL,
        county_en TEXT NOT NULL,
        scheme TEXT NOT NULL,
        supplier TEXT NOT NULL,
        village TEXT NOT NULL,
        terms TEXT NOT NULL,
        category TEXT NOT NULL,
        is_certified INTEGER NOT NULL,
        certificate TEXT NOT NULL,
        channel TEXT NOT NULL,
        outlet TEXT NOT NULL,
        event TEXT NOT NULL,
        buyer_kind TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT ux_sale_line UNIQUE (sale_id, line_no, part_no),
        CONSTRAINT ck_sale_line_net CHECK (net_fen = list_fen - discount_fen - order_discount_fen - rounding_fen),
        CONSTRAINT ck_sale_line_unit CHECK (unit IN ('piece', 'gram')),
        CONSTRAINT ck_sale_line_amount CHECK (pack_size > 0),
        FOREIGN KEY(sale_id) REFERENCES sale (id),
        FOREIGN KEY(product_id) REFERENCES product (id)
    )
     STRICT
    """,
    """
    CREATE TABLE stock_movement (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        act TEXT NOT NULL,
        outlet_id INTEGER NOT NULL,
        product_id INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        reason TEXT NOT NULL,
        at INTEGER NOT NULL,
        business_date INTEGER NOT NULL,
        till_id INTEGER,
        shift_id INTEGER,
        staff_id INTEGER,
        sale_id INTEGER,
        note TEXT NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (uuid),
        FOREIGN KEY(outlet_id) REFERENCES outlet (id),
        FOREIGN KEY(product_id) REFERENCES product (id),
        FOREIGN KEY(till_id) REFERENCES till (id),
        FOREIGN KEY(shift_id) REFERENCES shift (id),
        FOREIGN KEY(staff_id) REFERENCES staff (id),
        FOREIGN KEY(sale_id) REFERENCES sale (id)
    )
     STRICT
    """,
)
