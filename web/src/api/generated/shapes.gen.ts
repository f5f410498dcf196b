// Written by web/scripts/shapes.mjs from web/openapi.json.

import type { Shape } from "#web/ui/shape";

export const ActWishShape = {
  "reason": {
    "required": true,
    "minLength": 1,
    "maxLength": 500
  }
} satisfies Shape;

export const ApiKeyWishShape = {
  "expires_in_days": {
    "minimum": 1,
    "maximum": 366
  },
  "name": {
    "required": true,
    "minLength": 1,
    "maxLength": 60,
    "pattern": "^[^\\x00-\\x1f\\x7f\\u2028\\u2029]+$"
  },
  "scopes": {
    "required": true,
    "minItems": 1,
    "maxItems": 40
  }
} satisfies Shape;

export const ApprovalWishShape = {
  "decision": {
    "required": true
  },
  "reason": {
    "required": true,
    "minLength": 1,
    "maxLength": 500
  }
} satisfies Shape;

export const AvailabilityShape = {
  "blocked": {
    "maxItems": 200
  },
  "exceptions": {
    "maxItems": 400
  },
  "horizon_days": {
    "minimum": 1,
    "maximum": 365
  },
  "notice_hours": {
    "minimum": 0,
    "maximum": 720
  },
  "slot_step_minutes": {},
  "turnaround_minutes": {
    "minimum": 0,
    "maximum": 480
  },
  "weekly": {
    "required": true,
    "maxItems": 42
  },
  "zone": {}
} satisfies Shape;

export const BookingWishShape = {
  "acknowledge_allergens": {},
  "allergens": {
    "maxItems": 25
  },
  "extras": {
    "maxItems": 20
  },
  "hold_id": {
    "required": true,
    "format": "uuid"
  },
  "note": {
    "maxLength": 1000
  }
} satisfies Shape;

export const ChefPatchShape = {
  "bio": {
    "maxLength": 4000
  },
  "bio_en": {
    "maxLength": 4000
  },
  "calendar_feed": {},
  "city": {
    "maxLength": 60
  },
  "cuisines": {
    "minItems": 1,
    "maxItems": 5
  },
  "headline": {
    "minLength": 1,
    "maxLength": 120
  },
  "headline_en": {
    "minLength": 1,
    "maxLength": 120
  },
  "instant": {},
  "languages": {
    "minItems": 1,
    "maxItems": 5
  },
  "name": {
    "minLength": 1,
    "maxLength": 60
  },
  "name_en": {
    "minLength": 1,
    "maxLength": 60
  },
  "picture_seed": {
    "minLength": 1,
    "maxLength": 60,
    "pattern": "^[A-Za-z0-9_-]+$"
  },
  "policy": {},
  "region": {},
  "status": {}
} satisfies Shape;

export const ChefWishShape = {
  "bio": {
    "maxLength": 4000
  },
  "bio_en": {
    "maxLength": 4000
  },
  "city": {
    "maxLength": 60
  },
  "cuisines": {
    "required": true,
    "minItems": 1,
    "maxItems": 5
  },
  "headline": {
    "required": true,
    "minLength": 1,
    "maxLength": 120
  },
  "headline_en": {
    "minLength": 1,
    "maxLength": 120
  },
  "instant": {},
  "languages": {
    "minItems": 1,
    "maxItems": 5
  },
  "name": {
    "required": true,
    "minLength": 1,
    "maxLength": 60
  },
  "name_en": {
    "minLength": 1,
    "maxLength": 60
  },
  "picture_seed": {
    "minLength": 1,
    "maxLength": 60,
    "pattern": "^[A-Za-z0-9_-]+$"
  },
  "policy": {},
  "region": {
    "required": true
  }
} satisfies Shape;

export const ConfirmWishShape = {
  "amount": {
    "required": true,
    "minimum": 0,
    "maximum": 1000000000000
  },
  "order_id": {
    "required": true,
    "format": "uuid"
  },
  "payment_key": {
    "required": true,
    "minLength": 1,
    "maxLength": 200,
    "pattern": "^[\\x21-\\x7e]+$"
  }
} satisfies Shape;

export const DemoWishShape = {
  "role": {
    "required": true
  }
} satisfies Shape;

export const ForgotWishShape = {
  "email": {
    "required": true,
    "minLength": 3,
    "maxLength": 254,
    "format": "email"
  }
} satisfies Shape;

export const HoldWishShape = {
  "chef_id": {
    "required": true,
    "format": "uuid"
  },
  "menu_id": {
    "required": true,
    "format": "uuid"
  },
  "party": {
    "required": true,
    "minimum": 1,
    "maximum": 100
  },
  "starts_at": {
    "required": true,
    "format": "date-time"
  }
} satisfies Shape;

export const InvitationTokenShape = {
  "token": {
    "required": true,
    "minLength": 1,
    "maxLength": 100
  }
} satisfies Shape;

export const InvitationWishShape = {
  "email": {
    "required": true,
    "minLength": 3,
    "maxLength": 254,
    "format": "email"
  },
  "role": {}
} satisfies Shape;

export const LeavingWishShape = {
  "word": {
    "required": true
  }
} satisfies Shape;

export const LinkWishShape = {
  "token": {
    "required": true,
    "minLength": 1,
    "maxLength": 100
  }
} satisfies Shape;

export const LoginCodeWishShape = {
  "challenge": {
    "required": true,
    "minLength": 1,
    "maxLength": 100
  },
  "code": {
    "required": true,
    "minLength": 6,
    "maxLength": 40
  }
} satisfies Shape;

export const LoginWishShape = {
  "email": {
    "required": true,
    "minLength": 3,
    "maxLength": 254,
    "format": "email"
  },
  "password": {
    "required": true,
    "minLength": 1,
    "maxLength": 1024,
    "format": "password"
  }
} satisfies Shape;

export const MemberWishShape = {
  "role": {
    "required": true
  }
} satisfies Shape;

export const MenuWishShape = {
  "active": {},
  "description": {
    "maxLength": 1000
  },
  "description_en": {
    "maxLength": 1000
  },
  "dishes": {
    "required": true,
    "minItems": 1,
    "maxItems": 30
  },
  "duration_minutes": {
    "minimum": 30,
    "maximum": 720
  },
  "extras": {
    "maxItems": 20
  },
  "max_party": {
    "required": true,
    "minimum": 1,
    "maximum": 100
  },
  "min_party": {
    "minimum": 1,
    "maximum": 100
  },
  "name": {
    "required": true,
    "minLength": 1,
    "maxLength": 60
  },
  "name_en": {
    "minLength": 1,
    "maxLength": 60
  },
  "picture_id": {
    "format": "uuid"
  },
  "picture_seed": {
    "minLength": 1,
    "maxLength": 60,
    "pattern": "^[A-Za-z0-9_-]+$"
  },
  "price_per_guest": {
    "required": true
  },
  "replaces": {
    "format": "uuid"
  }
} satisfies Shape;

export const OrderWishShape = {
  "subject_id": {
    "required": true,
    "format": "uuid"
  },
  "subject_kind": {
    "required": true,
    "minLength": 3,
    "maxLength": 80,
    "pattern": "^[a-z_]+\\.[a-z_]+$"
  }
} satisfies Shape;

export const PasskeyRenameShape = {
  "name": {
    "required": true,
    "minLength": 1,
    "maxLength": 60,
    "pattern": "^[^\\x00-\\x1f\\x7f\\u2028\\u2029]+$"
  }
} satisfies Shape;

export const PasskeySignInWishShape = {
  "credential": {
    "required": true
  }
} satisfies Shape;

export const PasskeyWishShape = {
  "credential": {
    "required": true
  },
  "name": {
    "minLength": 1,
    "maxLength": 60,
    "pattern": "^[^\\x00-\\x1f\\x7f\\u2028\\u2029]+$"
  }
} satisfies Shape;

export const PasswordWishShape = {
  "current_password": {
    "minLength": 1,
    "maxLength": 1024,
    "format": "password"
  },
  "password": {
    "required": true,
    "minLength": 10,
    "maxLength": 128,
    "format": "password"
  }
} satisfies Shape;

export const PicturesWishShape = {
  "cover": {
    "format": "uuid"
  },
  "gallery": {
    "maxItems": 12
  },
  "portrait": {
    "format": "uuid"
  }
} satisfies Shape;

export const ProfileWishShape = {
  "language": {},
  "name": {
    "minLength": 1,
    "maxLength": 80,
    "pattern": "^[^\\x00-\\x1f\\x7f\\u2028\\u2029]+$"
  },
  "zone": {}
} satisfies Shape;

export const ProofWishShape = {
  "code": {
    "minLength": 6,
    "maxLength": 40
  },
  "passkey": {},
  "password": {
    "minLength": 1,
    "maxLength": 1024,
    "format": "password"
  }
} satisfies Shape;

export const ReadWishShape = {
  "up_to": {
    "required": true,
    "minimum": 0,
    "maximum": 9007199254740991
  }
} satisfies Shape;

export const RedeliverWishShape = {
  "reason": {
    "required": true,
    "minLength": 1,
    "maxLength": 500
  },
  "target": {
    "required": true,
    "minLength": 1,
    "maxLength": 100
  }
} satisfies Shape;

export const RefreshWishShape = {
  "refresh_token": {
    "required": true,
    "minLength": 1,
    "maxLength": 200
  }
} satisfies Shape;

export const RegisterWishShape = {
  "email": {
    "required": true,
    "minLength": 3,
    "maxLength": 254,
    "format": "email"
  },
  "name": {
    "required": true,
    "minLength": 1,
    "maxLength": 80,
    "pattern": "^[^\\x00-\\x1f\\x7f\\u2028\\u2029]+$"
  },
  "password": {
    "required": true,
    "minLength": 10,
    "maxLength": 128,
    "format": "password"
  }
} satisfies Shape;

export const RescheduleWishShape = {
  "action": {},
  "reason": {
    "maxLength": 500
  },
  "starts_at": {
    "format": "date-time"
  }
} satisfies Shape;

export const ResetWishShape = {
  "password": {
    "required": true,
    "minLength": 10,
    "maxLength": 128,
    "format": "password"
  },
  "token": {
    "required": true,
    "minLength": 1,
    "maxLength": 100
  }
} satisfies Shape;

export const ReviewActionWishShape = {
  "action": {
    "required": true
  },
  "code": {},
  "text": {
    "maxLength": 1000
  }
} satisfies Shape;

export const ReviewWishShape = {
  "rating": {
    "required": true,
    "minimum": 1,
    "maximum": 5
  },
  "text": {
    "required": true,
    "minLength": 1,
    "maxLength": 2000
  }
} satisfies Shape;

export const StandingWishShape = {
  "reason": {
    "required": true,
    "minLength": 1,
    "maxLength": 500
  },
  "roles": {
    "minItems": 1,
    "maxItems": 7
  },
  "status": {}
} satisfies Shape;

export const TeamWishShape = {
  "name": {
    "required": true,
    "minLength": 1,
    "maxLength": 60,
    "pattern": "^[^\\x00-\\x1f\\x7f\\u2028\\u2029]+$"
  }
} satisfies Shape;

export const TotpVerifyWishShape = {
  "code": {
    "required": true,
    "minLength": 6,
    "maxLength": 40
  }
} satisfies Shape;

export const TransitionWishShape = {
  "action": {
    "required": true
  },
  "reason": {
    "maxLength": 2000
  },
  "refund": {
    "minimum": 0,
    "maximum": 1000000000000
  },
  "starts_at": {
    "format": "date-time"
  }
} satisfies Shape;

export const coocook_CancelWishShape = {
  "expected_refund": {
    "minimum": 0,
    "maximum": 1000000000000
  },
  "reason": {
    "maxLength": 500
  }
} satisfies Shape;

export const platform_CancelWishShape = {
  "amount": {
    "minimum": 1,
    "maximum": 1000000000000
  },
  "reason": {
    "required": true,
    "minLength": 1,
    "maxLength": 500
  }
} satisfies Shape;
