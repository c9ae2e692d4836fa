from django.urls import path

from payments import seat_views, views, voucher_views

app_name = "payments"
urlpatterns = [
    path("", views.fees, name="fees"),
    path("seats/", seat_views.seats, name="seats"),
    path("seats/<uuid:public_id>/take/", seat_views.take, name="seat_take"),
    path("seats/<uuid:public_id>/return/", seat_views.came_back, name="seat_return"),
    path("seats/<uuid:public_id>/cancel/", seat_views.cancel, name="seat_cancel"),
    path("seats/<uuid:public_id>/keep/", seat_views.keep, name="seat_keep"),
    path("seats/<uuid:public_id>/change/", seat_views.change, name="seat_change"),
    path(
        "seats/<uuid:public_id>/plan/keep/",
        seat_views.keep_present,
        name="seat_keep_plan",
    ),
    path("seats/<uuid:public_id>/card/", seat_views.card, name="seat_card"),
    path("seats/<uuid:public_id>/confirm/", seat_views.confirm, name="seat_confirm"),
    path("return/<uuid:public_id>/", views.outcome, name="return"),
    path("document/<uuid:public_id>/", views.document, name="document"),
    path("<uuid:public_id>/", views.share, name="share"),
    path("<uuid:public_id>/pay/", views.pay, name="pay"),
    path("<uuid:public_id>/waiver/", views.waiver, name="waiver"),
    path("<uuid:public_id>/voucher/", voucher_views.voucher, name="voucher"),
    path("<uuid:public_id>/divide/", views.divide, name="divide"),
    path("<uuid:public_id>/screening/", views.screening, name="screening"),
    path("<uuid:public_id>/refund/", views.refund, name="refund"),
    path("<uuid:public_id>/transfer/", views.transfer, name="transfer"),
]
