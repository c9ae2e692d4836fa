from django.urls import path

from payments import views, voucher_views

app_name = "payments"
urlpatterns = [
    path("", views.fees, name="fees"),
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
